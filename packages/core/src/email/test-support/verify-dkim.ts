import { createHash, createPublicKey, verify } from "node:crypto";

/**
 * Whether a mail is signed as RFC 6376 says, written after it and not after who signs: relaxed forms and rsa-sha256 alone.
 * @param keyText the TXT record of a selector's name @returns who signed, or what is wrong
 */
export function verifyDkim(raw: string, keyText: (name: string) => string | undefined): string {
	const end = raw.indexOf("\r\n\r\n");
	const fields = raw.slice(0, end).split(/\r\n(?![ \t])/);
	const signature = fields.find((one) => /^dkim-signature:/i.test(one));
	if (signature === undefined) return "no signature";
	const tags = tagsOf(signature.slice(signature.indexOf(":") + 1));
	const { a, c, d, s, h = "", bh, b = "" } = tags;
	if (a !== "rsa-sha256" || c !== "relaxed/relaxed") return `${a} ${c}`;
	if (
		createHash("sha256")
			.update(relaxedBody(raw.slice(end + 4)))
			.digest("base64") !== bh
	)
		return "another body";
	const left = [...fields];
	const signed = h.split(":").flatMap((name) => {
		const at = left.findLastIndex((one) => one.slice(0, one.indexOf(":")).trim().toLowerCase() === name.toLowerCase());
		return at < 0 ? [] : left.splice(at, 1).map(relaxedField);
	});
	if (!h.toLowerCase().split(":").includes("from")) return "from is not signed";
	const own = relaxedField(signature).replace(/(;\s?|^dkim-signature:)b=[^;]*/, "$1b=");
	const p = tagsOf(keyText(`${s}._domainkey.${d}`) ?? "").p;
	if (!p) return "no key";
	const key = createPublicKey({ key: Buffer.from(p, "base64"), format: "der", type: "spki" });
	const isGood = verify("sha256", Buffer.from([...signed, own].join("\r\n")), key, Buffer.from(b, "base64"));
	return isGood ? `${s} of ${d}` : "another signature";
}

function tagsOf(text: string): Record<string, string> {
	const tags = text.split(";").map((tag) => {
		const at = tag.indexOf("=");
		return [tag.slice(0, at).trim(), tag.slice(at + 1).replaceAll(/\s/g, "")];
	});
	return Object.fromEntries(tags);
}

/** 3.4.2 */
function relaxedField(field: string): string {
	const at = field.indexOf(":");
	const value = field.slice(at + 1).replaceAll("\r\n", "");
	return `${field.slice(0, at).trim().toLowerCase()}:${value.replaceAll(/[ \t]+/g, " ").trim()}`;
}

/** 3.4.4 */
function relaxedBody(body: string): string {
	const lines = body.split("\r\n").map((line) => line.replaceAll(/[ \t]+/g, " ").replace(/ $/, ""));
	while (lines.length > 0 && lines.at(-1) === "") lines.pop();
	return lines.length === 0 ? "" : `${lines.join("\r\n")}\r\n`;
}
