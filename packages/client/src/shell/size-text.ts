import { locale } from "@inlay/ui";

/** A file's size as both sides of a conversation read it (`packages/messenger`, `log.tsx`): what is there at all is no 0 kB. */
export function sizeText(bytes: number): string {
	const [unit, size] =
		bytes < 100_000 ? (["kilobyte", Math.ceil(bytes / 1000)] as const) : (["megabyte", bytes / 1_000_000] as const);
	const digits = unit === "megabyte" ? 1 : 0;
	const format = { style: "unit", unit, minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
	return new Intl.NumberFormat(locale.value, format).format(size);
}
