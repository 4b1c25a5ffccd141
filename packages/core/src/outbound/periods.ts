const part = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1_000 };

/** Of a period of days, hours, minutes and seconds, as `P1DT12H`: ms; undefined for what is none. */
export function readPeriod(said: string): number | undefined {
	const found = /^P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,5})S)?)?$/.exec(
		said.trim(),
	);
	if (!found || found.slice(1).every((one) => one === undefined)) return undefined;
	const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((one) => Number(one ?? 0));
	return (weeks * 7 + days) * part.day + hours * part.hour + minutes * part.minute + seconds * part.second;
}
