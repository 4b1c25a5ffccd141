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

/** Whether a file may go along with a mail: by its name, by how it begins, and by what an archive holds. */
export function isAllowedFile(name: string, content: Uint8Array): boolean {
	if (isRefusedName(name)) return false;
	if (refusedStarts.some((start) => start.every((one, index) => content[index] === one))) return false;
	return !namesInZip(content).some(isRefusedName);
}

function isRefusedName(name: string): boolean {
	const ending = /\.([a-z0-9]{1,10})[.\s]*$/i.exec(name)?.[1]?.toLowerCase();
	return ending !== undefined && refusedEndings.has(ending);
}

const zipEntry = 0x02014b50;
const zipEnd = 0x06054b50;

/** What a ZIP file says that it holds: its central directory, as far as it can be read. */
function namesInZip(content: Uint8Array): string[] {
	if (content[0] !== 0x50 || content[1] !== 0x4b) return [];
	const file = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
	const end = file.lastIndexOf(Buffer.from("504b0506", "hex"));
	if (end < 0 || end + 22 > file.length || file.readUInt32LE(end) !== zipEnd) return [];
	const names: string[] = [];
	for (let at = file.readUInt32LE(end + 16); at + 46 <= file.length && file.readUInt32LE(at) === zipEntry; ) {
		const nameLength = file.readUInt16LE(at + 28);
		names.push(file.toString("utf8", at + 46, at + 46 + nameLength));
		at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
	}
	return names;
}

/** Pictures that every browser shows and none runs. */
export function isShownPicture(contentType: string): boolean {
	return /^image\/(?:png|jpeg|gif|webp|avif)$/.test(contentType);
}
