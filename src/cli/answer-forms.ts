// What an answer looks like, given as a flag or on the terminal.

/** Users and teams of CODEOWNERS, with spaces between. */
export const ownerForm = /^@[\w-]+(\/[\w.-]+)?( +@[\w-]+(\/[\w.-]+)?)*$/;

export const accountForm = /^\d{12}$/;

export const regionForm = /^[a-z]{2,4}(-[a-z]+)+-\d$/;

/** An identity file in the repository, as a workflow can name it. */
export const fileForm = /^(?!\.\.?\/)[\w.-]+(\/[\w.-]+)*\.ya?ml$/;

/** GitHub reads a branch with other characters in a workflow as a pattern. */
export const branchForm = /^[\w./-]+$/;
