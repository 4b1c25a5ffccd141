import { plainLine } from "./reading/plain.ts";

/** Asks the world's names; `dns/promises` has it. */
export interface Resolver {
	resolveMx(name: string): Promise<Array<{ exchange: string; priority: number }>>;
	resolveTxt(name: string): Promise<string[][]>;
}

/** What the world is told of a domain, as mail servers ask it. */
export interface DomainRecord {
	record: "mx" | "spf" | "dmarc";
	/** `many`: of those that may stand there once; `unknown`: nobody answered. */
	state: "found" | "missing" | "many" | "unknown";
	/** What stands there, or why nobody knows. */
	text?: string;
}

/** No such name, or nothing of that kind under it: an answer, not a failure. */
const nothing: ReadonlySet<unknown> = new Set(["ENOTFOUND", "ENODATA", "NOTFOUND", "NODATA"]);

/** Where mails for a domain are brought, who may send in its name, and what becomes of others (RFC 7505, 7208, 7489). */
export async function recordsOf(domain: string, resolver: Resolver): Promise<DomainRecord[]> {
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
