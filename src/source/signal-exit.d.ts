declare module 'signal-exit' {
  const onExit: {
    /** Removes the listeners that every use of the module has added until now. */
    unload(): void;
  };
  export default onExit;
}
