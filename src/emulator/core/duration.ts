const parts =
  /^(?<sign>-?)P(?<date>[^T]*)(?:T(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+(?:\.\d+)?)S)?)?$/;

/** The seconds of an ISO 8601 duration, `PT1H30M`; undefined where it is negative, or of a day or longer units. */
export function secondsOf(text: string): number | undefined {
  const { sign, date, hours, minutes, seconds } = parts.exec(text)?.groups ?? {};
  if (sign !== '' || /[1-9]/.test(date ?? '')) return undefined;
  return (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0);
}
