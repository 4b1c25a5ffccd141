import { plainLine } from "./reading/plain.ts";

/** Asks the world's names; `dns/promises` has it. */
export interface Resolver {
	resolveMx(name: string): Promise<Array<{ exchange: string; priority: number }>>;
	resolveTxt(name: string): Promise<string[][]>;
}

/** What the world is told of a domain, as mail servers ask it. */
export interface DomainRecord {
	record: "mx" | "spf" | "dkim" | "dmarc";
	/** `many`: of those that may stand there once; `unknown`: nobody answered; `unnamed`: nobody has said which. */
	state: "found" | "missing" | "many" | "unknown" | "unnamed";
	/** What stands there, or why nobody knows. */
	text?: string;
}

/** No such name, or nothing of that kind under it: an answer, not a failure. */
const nothing: ReadonlySet<unknown> = new Set(["ENOTFOUND", "ENODATA", "NOTFOUND", "NODATA"]);

/**
 * Where mails for a domain are brought, who may send in its name, by which key they are signed, and what becomes of others
 * (RFC 7505, 7208, 6376, 7489). @param selector by which its mail server signs; the key is asked for where it is known
 */
export async function recordsOf(domain: string, resolver: Resolver, selector?: string): Promise<DomainRecord[]> {
	const texts = async (name: string, start: RegExp) =>
		(await resolver.resolveTxt(name)).map((parts) => parts.join("")).filter((text) => start.test(text));
	return Promise.all([
		asked("mx", async () => {
			const found = await resolver.resolveMx(domain);
			const named = found.toSorted((one, other) => one.priority - other.priority).map(({ exchange }) => exchange);
			// An empty name says that the domain takes no mail (RFC 7505).
			return named.filter((one) => one !== "").length > 0 ? [named.join(", ")] : [];
		}),
		asked("spf", () => texts(domain, /^v=spf1(?:\s|$)/i)),
		// A key that is taken back stands there without its letters (RFC 6376, 3.6.1).
		selector
			? asked("dkim", () => texts(`${selector}._domainkey.${domain}`, /(?:^|;)\s*p=\s*[a-z0-9+/]/i))
			: { record: "dkim" as const, state: "unnamed" as const },
		asked("dmarc", () => texts(`_dmarc.${domain}`, /^v=DMARC1\s*;/i)),
	]);
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
