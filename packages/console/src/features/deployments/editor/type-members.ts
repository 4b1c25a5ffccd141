/** A member of an interface as `@inlay/framework` declares it. */
export interface TypeMember {
	name: string;
	/** What its comment says, in one line. */
	doc: string;
	/** Its type, or how it is called, in one line. */
	detail: string;
	/** Names of a method's parameters; absent for anything else. */
	parameters?: readonly string[];
	/** Of an object that is written out within. */
	members?: readonly TypeMember[];
}

/**
 * The members of an interface, read from the declaration's own text, so that completion says what the types say. It reads how
 * our own sources are written, one member after another with tabs before them, and not TypeScript at large.
 */
export function membersOf(source: string, name: string): TypeMember[] {
	const begin = new RegExp(`^export interface ${name} \\{\\n`, "m").exec(source);
	if (!begin) return [];
	const from = begin.index + begin[0].length;
	const end = source.indexOf("\n}", from - 1);
	return read(source.slice(from, end).split("\n"), 1);
}

function read(lines: readonly string[], depth: number): TypeMember[] {
	const members: TypeMember[] = [];
	const indent = "\t".repeat(depth);
	let comment: string[] = [];
	for (let at = 0; at < lines.length; at++) {
		const line = lines[at] ?? "";
		const text = line.trim();
		if (/^(?:\/\*\*|\*)/.test(text)) {
			comment = text.startsWith("/**") ? [text] : [...comment, text];
			continue;
		}
		const found = line.startsWith(indent) && /^(?:"([^"]+)"|(\w+))\??([:(])/.exec(line.slice(depth));
		if (!found) continue;
		const last = endOf(lines, at, indent);
		const whole = lines.slice(at, last + 1);
		const written = whole.map((one) => one.trim()).join(" ");
		const isObject = /:\s*\{$/.test(text);
		const member = {
			name: found[1] ?? found[2] ?? "",
			doc: plain(comment),
			detail: isObject ? "{…}" : written.slice(found[0].length - 1).replace(/^:\s*|;$/g, ""),
			...(found[3] === "(" ? { parameters: parametersOf(written) } : {}),
			...(isObject ? { members: read(whole.slice(1), depth + 1) } : {}),
		};
		// The second way of calling the same says nothing new.
		if (!members.some((one) => one.name === member.name)) members.push(member);
		comment = [];
		at = last;
	}
	return members;
}

/** The line in which a member ends that may go on below. */
function endOf(lines: readonly string[], from: number, indent: string): number {
	if (/;$/.test(lines[from] ?? "")) return from;
	const end = lines.findIndex(
		(line, at) =>
			at > from && line.startsWith(indent) && !/^\s/.test(line.slice(indent.length)) && /^[})|].*;$/.test(line.trim()),
	);
	return end < 0 ? from : end;
}

function plain(comment: readonly string[]): string {
	return comment
		.map((line) => line.replace(/^\/\*\*\s?|\s?\*\/$|^\*\s?/g, ""))
		.join(" ")
		.replace(/\s+/g, " ")
		.replace(/^\* /, "")
		.trim();
}

/** Of `name(a: T, b?: (x: U) => void): void`: what stands before the colons of the outermost list. */
function parametersOf(signature: string): string[] {
	const names: string[] = [];
	let depth = 0;
	let word = "";
	// An arrow closes nothing.
	for (const character of signature.slice(signature.indexOf("(")).replaceAll("=>", "  ")) {
		if ("([{<".includes(character)) depth++;
		if (depth === 1 && (character === ":" || character === "?") && word !== "") {
			names.push(word);
			word = "-";
		}
		if (depth === 1 && (character === "," || character === "(")) word = "";
		else if (depth === 1 && word !== "-" && /\w/.test(character)) word += character;
		if (")]}>".includes(character)) depth--;
		if (depth === 0) break;
	}
	return names;
}
