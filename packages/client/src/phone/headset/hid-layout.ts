/** The part of `HIDDevice.collections` that tells where a headset's buttons and lights are. */
export interface HidItem {
	usages?: readonly number[];
	reportSize?: number;
	reportCount?: number;
	isAbsolute?: boolean;
}
export interface HidReport {
	reportId?: number;
	items?: readonly HidItem[];
}
export interface HidCollection {
	inputReports?: readonly HidReport[];
	outputReports?: readonly HidReport[];
	children?: readonly HidCollection[];
}

/** Where a button or light has its bit. */
export interface HidBit {
	reportId: number;
	/** From the report's first bit. */
	bit: number;
	/** The bit is a state; otherwise each time that it is set is a press. */
	isState: boolean;
	/** Length of the report, bytes. */
	bytes: number;
}

/** Usages by page and id (HID Usage Tables: telephony 0x0B, LED 0x08). */
export const usages = {
	hookSwitch: 0x0b_0020,
	phoneMute: 0x0b_002f,
	lightMute: 0x08_0009,
	lightOffHook: 0x08_0017,
	lightRing: 0x08_0018,
} as const;

/** Bits by usage, of all reports of one direction. */
export function findBits(
	collections: readonly HidCollection[],
	reportsOf: (collection: HidCollection) => readonly HidReport[] | undefined,
): ReadonlyMap<number, HidBit> {
	const found = new Map<number, HidBit>();
	const look = (collection: HidCollection): void => {
		for (const report of reportsOf(collection) ?? []) readReport(report, found);
		for (const child of collection.children ?? []) look(child);
	};
	for (const collection of collections) look(collection);
	return found;
}

function readReport({ reportId = 0, items = [] }: HidReport, found: Map<number, HidBit>): void {
	const sizeOf = ({ reportSize = 0, reportCount = 0 }: HidItem) => reportSize * reportCount;
	const bytes = Math.ceil(items.reduce((sum, item) => sum + sizeOf(item), 0) / 8);
	let bit = 0;
	for (const item of items) {
		for (const [index, usage] of (item.usages ?? []).entries()) {
			if (index >= (item.reportCount ?? 0) || found.has(usage)) continue;
			found.set(usage, {
				reportId,
				bit: bit + index * (item.reportSize ?? 0),
				isState: item.isAbsolute !== false,
				bytes,
			});
		}
		bit += sizeOf(item);
	}
}
