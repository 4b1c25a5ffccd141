import { ClientError } from "openid-client";

/** An error and what led to it is looked at so far. */
const deepest = 5;

/** A provider was not reached, or has not answered whole: what the network, a time-out or a rule of this server says. */
export class ProviderAway extends Error {
	constructor(cause: unknown) {
		super(cause instanceof Error ? cause.message : "unknown", { cause });
		this.name = "ProviderAway";
	}
}

/** An error, and what has led to it, the innermost last. */
export function chainOf(error: unknown): Error[] {
	const chain: Error[] = [];
	for (let one = error; one instanceof Error && chain.length < deepest; one = one.cause) chain.push(one);
	return chain;
}

/** What a provider answers that does not do its work: an error page, a text, half of something, an address that is none. */
const unfit = new Set([
	"OAUTH_RESPONSE_IS_NOT_CONFORM",
	"OAUTH_RESPONSE_IS_NOT_JSON",
	"OAUTH_TIMEOUT",
	"OAUTH_ABORT",
	"ERR_INVALID_URL",
]);

/** Whether a provider does not answer as it should, whatever it would have said. */
export function isAway(error: unknown): boolean {
	return chainOf(error).some((one) => one instanceof ProviderAway || unfit.has(codeOf(one) ?? ""));
}

/** What of an error may be told: the library's codes and sentences, which hold neither tokens nor secrets. */
export function wordsOf(error: unknown): string {
	const chain = chainOf(error);
	const away = chain.find((one) => one instanceof ProviderAway);
	if (away) return away.message.slice(0, 200);
	const [first, inner] = chain;
	const code = first && codeOf(first);
	return `${code ? `${code}: ` : ""}${(inner ?? first)?.message ?? "unknown"}`.slice(0, 200);
}

/** For operators, one text for each error in the chain: no bodies, claims or addresses, which the errors carry beside it. */
export function causesOf(error: unknown): string[] {
	return chainOf(error).map((one) => {
		const code = codeOf(one);
		return `${one.name}${code ? ` ${code}` : ""}: ${one.message}`.slice(0, 200);
	});
}

/** Whether it is the library's judgement of what a provider has sent, and no mistake of this server's. */
export function isJudgement(error: unknown): boolean {
	return error instanceof ClientError;
}

function codeOf(error: Error): string | undefined {
	const { code } = error as { code?: unknown };
	return typeof code === "string" ? code : undefined;
}
