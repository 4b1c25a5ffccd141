import { zipNames } from "./zip-names.ts";

/** Endings of what runs, installs, leads elsewhere, or holds a whole disk (agent-features 0.4). */
const refusedEndings = new Set(
	(
		"ade adp apk app appx bat bin cab chm cmd com cpl deb dll dmg docm dotm elf exe gadget hta img ins iso isp jar jnlp js jse " +
		"lib lnk mde mjs msc msh msi msix msp mst nsh ocx pif potm ppam ppsm pptm ps1 psm1 rpm reg scf scr sct sh shb sys url vb vbe " +
		"vbs vhd vhdx vxd wsc wsf wsh xlam xll xlsm xltm"
	).split(" "),
);

/** How such files begin, whatever they are called. */
const refusedStarts: readonly Uint8Array[] = [
	bytes("4d5a"), // Windows programs
	bytes("7f454c46"), // ELF
	bytes("feedface"),
	bytes("feedfacf"),
	bytes("cefaedfe"),
	bytes("cffaedfe"), // macOS
	bytes("cafebabe"), // Java, macOS
	bytes("2321"), // scripts
	bytes("4c0000000114020000000000c0000000"), // Windows shortcuts
	bytes("7801730d626260"), // macOS disk images
	bytes("4d534346"), // cabinets
];

function bytes(hex: string): Uint8Array {
	return Buffer.from(hex, "hex");
}

const byteOrderMark = bytes("efbbbf");
/** What is a ZIP file inside, by its ending. */
const zipEndings = /\.(?:zip|docx|dotx|xlsx|xltx|pptx|potx|ppsx|odt|ods|odp|odg)[.\s]*$/i;
const officeEndings = /\.(?:do[ct]x|xl[st]x|p[op]tx|ppsx)[.\s]*$/i;
/** Office keeps a file with a password in one of its older kind. */
const olderOffice = bytes("d0cf11e0a1b11ae1");
/** Parts of one of those that run: macros, and any file that a click on its picture opens. */
const runningParts = ["_VBA_PROJECT", "\u0001Ole10Native"].map((name) => Buffer.from(`${name}\0`, "utf16le"));
/** Of Office itself: settings of the printer, which every program writes, and what is shown within. */
const officeParts = /^(?:word|xl|ppt)\/(?:printerSettings|embeddings|customProperty)[\w/]*\.bin$/i;

/** Whether a file may go along with a mail: by its name, by how it begins, and by what an archive holds. */
export function isAllowedFile(name: string, content: Uint8Array): boolean {
	if (isRefusedName(name)) return false;
	const shown = beginsWith(content, byteOrderMark) ? content.subarray(byteOrderMark.length) : content;
	if (refusedStarts.some((start) => beginsWith(shown, start))) return false;
	if (beginsWith(shown, olderOffice) && holdsRunningPart(shown)) return false;
	// The name alone is asked about before there is anything.
	if (content.length === 0) return true;
	const { names, isWhole } = zipNames(content);
	if (!names || names.some(isRefusedEntry)) return false;
	return isWhole || !zipEndings.test(name) || (officeEndings.test(name) && beginsWith(content, olderOffice));
}

function beginsWith(content: Uint8Array, start: Uint8Array): boolean {
	return start.every((one, index) => content[index] === one);
}

function holdsRunningPart({ buffer, byteOffset, byteLength }: Uint8Array): boolean {
	const file = Buffer.from(buffer, byteOffset, byteLength);
	return runningParts.some((part) => file.includes(part));
}

/** Of an archive. Blanks and dots at the end say nothing: behind so many of them the ending could not be seen. */
function isRefusedEntry(name: string): boolean {
	const isHidden = name.length >= 100 && !/[^.\s]/.test(name.slice(-100));
	return isHidden || (isRefusedName(name) && !officeParts.test(name));
}

function isRefusedName(name: string): boolean {
	const ending = /\.([a-z0-9]{1,10})[.\s]*$/i.exec(name)?.[1]?.toLowerCase();
	return ending !== undefined && refusedEndings.has(ending);
}

/** Pictures that every browser shows and none runs. */
export function isShownPicture(contentType: string): boolean {
	return /^image\/(?:png|jpeg|gif|webp|avif)$/.test(contentType);
}
