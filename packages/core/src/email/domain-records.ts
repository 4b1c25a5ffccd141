import type { DkimKey } from "./model.ts";
import { plainLine } from "./reading/plain.ts";

/** Asks the world's names; `dns/promises` has it. */
export interface Resolver {
	resolveMx(name: string): Promise<Array<{ exchange: string; priority: number }>>;
	resolveTxt(name: string): Promise<string[][]>;
}

/** What the world is told of a domain, as mail servers ask it. */
export interface DomainRecord {
	record: "mx" | "spf" | "dkim" | "dmarc";
	/** Of a key: what stands before `._domainkey`. */
	selector?: string;
	/** We sign by it, or are about to. */
	isOwn?: true;
	/** `many`: of those that may stand there once; `other`: another key; `unknown`: nobody answered; `unnamed`: nobody has said which. */
	state: "found" | "missing" | "many" | "other" | "unknown" | "unnamed";
	/** What stands there, or why nobody knows. */
	text?: string;
}

/** No such name, or nothing of that kind under it: an answer, not a failure. */
const nothing: ReadonlySet<unknown> = new Set(["ENOTFOUND", "ENODATA", "NOTFOUND", "NODATA"]);

/**
 * Where mails for a domain are brought, who may send in its name, by which key they are signed, and what becomes of others
 * (RFC 7505, 7208, 6376, 7489). @param selector by which its mail server signs; the key is asked for where it is known
 * @param own the keys by which we sign, or are about to
 */
export async function recordsOf(
	domain: string,
	resolver: Resolver,
	selector?: string,
	own: readonly DkimKey[] = [],
): Promise<DomainRecord[]> {
	const texts = textsBy(resolver);
	const ours = own.filter(({ state }) => state !== "ended");
	const foreign = selector && !ours.some((one) => one.selector === selector) ? [selector] : [];
	const keys = [
		...ours.map((one) => keyRecordOf(one, resolver)),
		...foreign.map((one) => foreignKey(domain, one, texts)),
	];
	return Promise.all([
		asked("mx", async () => {
			const found = await resolver.resolveMx(domain);
			const named = found.toSorted((one, other) => one.priority - other.priority).map(({ exchange }) => exchange);
			// An empty name says that the domain takes no mail (RFC 7505).
			return named.filter((one) => one !== "").length > 0 ? [named.join(", ")] : [];
		}),
		asked("spf", () => texts(domain, /^v=spf1(?:\s|$)/i)),
		...(keys.length > 0 ? keys : [{ record: "dkim" as const, state: "unnamed" as const }]),
		asked("dmarc", () => texts(`_dmarc.${domain}`, /^v=DMARC1\s*;/i)),
	]);
}

type Texts = (name: string, start: RegExp) => Promise<string[]>;

function textsBy(resolver: Pick<Resolver, "resolveTxt">): Texts {
	return async (name, start) =>
		(await resolver.resolveTxt(name)).map((parts) => parts.join("")).filter((text) => start.test(text));
}

/** A key that is taken back stands there without its letters (RFC 6376, 3.6.1). */
const keyText = /(?:^|;)\s*p\s*=\s*[a-z0-9+/]/i;

async function foreignKey(domain: string, selector: string, texts: Texts): Promise<DomainRecord> {
	return { ...(await asked("dkim", () => texts(`${selector}._domainkey.${domain}`, keyText))), selector };
}

/** Whether name servers tell a key of ours, and no other in its place. */
export async function keyRecordOf(
	{ domain, selector, publicKey }: DkimKey,
	resolver: Pick<Resolver, "resolveTxt">,
): Promise<DomainRecord> {
	const name = `${selector}._domainkey.${domain}`;
	let isOurs = true;
	const found = await asked("dkim", async () => {
		const all = await textsBy(resolver)(name, keyText);
		isOurs = all.every((text) => publicKeyIn(text) === publicKey);
		return all;
	});
	return {
		...found,
		selector,
		isOwn: true,
		...(found.state === "found" && !isOurs ? { state: "other" as const } : {}),
	};
}

/** Blanks may stand between its letters. */
function publicKeyIn(record: string): string | undefined {
	const tags = record.split(";").map((tag) => /^\s*p\s*=(.*)$/s.exec(tag)?.[1]);
	return tags.find((one) => one !== undefined)?.replaceAll(/\s/g, "");
}

async function asked(record: DomainRecord["record"], ask: () => Promise<string[]>): Promise<DomainRecord> {
	try {
		const [first, ...others] = await ask();
		if (first === undefined) return { record, state: "missing" };
		return { record, state: others.length > 0 ? "many" : "found", text: plainLine(first, 300) };
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (nothing.has(code)) return { record, state: "missing" };
		return { record, state: "unknown", text: plainLine(code ?? message, 100) };
	}
}
