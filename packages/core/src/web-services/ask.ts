import type { ScriptValue } from "@inlay/contract/scripter/agent-script";
import { isAllowedHost, webAddress } from "@inlay/contract/scripter/interpolate";
import { filledBody, valueAt } from "@inlay/contract/scripter/web-service";
import { ApiError } from "../kernel/http/api-error.ts";
import { type Answered, AnswerTooLong, type Outgoing, OutgoingRefused } from "../kernel/outgoing/outgoing.ts";
import type { WebService } from "./model.ts";

/** An answer that is longer is none. */
const mostBytes = 256 * 1024;

/**
 * Asks a web service, as it is set up, with what a script gives. Called is nobody but whom the organization lets be called, by the
 * guarded way out, and nobody leads on from there; of the answer only the outputs go on.
 *
 * @throws ApiError 409 `web.service.host`, 409 `web.service.failed`
 */
export async function askService(
	service: WebService,
	inputs: Readonly<Record<string, string>>,
	{ outgoing, hosts }: { outgoing: Pick<Outgoing, "ask">; hosts: readonly string[] },
): Promise<Record<string, ScriptValue>> {
	const given = Object.fromEntries(
		service.inputs.map((name) => [name, Object.hasOwn(inputs, name) ? (inputs[name] ?? "") : ""]),
	);
	const address = addressOf(service, given);
	if (!isAllowedHost(address.hostname, hosts)) throw hostRefused(address.hostname);
	const body = service.method === "GET" ? undefined : filledBody(service.body, given);
	const headers = {
		accept: "application/json",
		...(body === undefined
			? {}
			: { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) }),
		...Object.fromEntries(service.headers.map(({ name, value }) => [name.toLowerCase(), value])),
		...Object.fromEntries(Object.entries(service.secrets).map(([name, value]) => [name.toLowerCase(), value])),
	};
	const asked = { method: service.method, headers, timeoutMs: service.timeoutSeconds * 1_000, mostBytes };
	const answer = await outgoing
		.ask(address, { ...asked, ...(body === undefined ? {} : { body }) })
		.catch((error: unknown) => {
			throw refusalOf(error, service.name);
		});
	return outputsOf(service, answer);
}

/** Its host is the service's own, whatever it is given. */
export function addressOf(
	{ address, name }: Pick<WebService, "address" | "name">,
	given: Readonly<Record<string, string>>,
): URL {
	const filled = webAddress(address.replace(/^http:/i, "https:"), (input) => given[input] ?? "");
	if (!filled) throw failed(name, "address");
	const url = new URL(filled);
	if (!/^http:/i.test(address)) return url;
	const plain = new URL(url.href.replace(/^https:/, "http:"));
	// 443 is what goes without saying of https alone.
	plain.port = new URL(originOf(address)).port;
	return plain;
}

/** Where an address leads whatever is put in: scheme, host and port. */
export function originOf(address: string): string {
	const begin = /^https?:\/\/[^/?#]+/i.exec(address)?.[0] ?? "";
	return URL.canParse(begin) ? new URL(begin).origin : begin;
}

function outputsOf({ name, outputs }: WebService, { status, body }: Answered): Record<string, ScriptValue> {
	if (status < 200 || status > 299) throw failed(name, "status", status);
	if (outputs.length === 0) return {};
	let answer: unknown;
	try {
		answer = JSON.parse(body.toString("utf8"));
	} catch {
		throw failed(name, "json");
	}
	return Object.fromEntries(outputs.map((one) => [one.name, valueAt(answer, one.path)]));
}

/** What went wrong on the way is told in our words: the network's may say what is inside. */
function refusalOf(error: unknown, name: string): ApiError {
	if (error instanceof OutgoingRefused) return failed(name, "inside");
	return failed(name, error instanceof AnswerTooLong ? "long" : "away");
}

/** @param host that is not listed */
export function hostRefused(host: string): ApiError {
	const text = "{host} is none of the hosts that web services may be at. Whoever may can add it.";
	return new ApiError(409, "web.service.host", text, { params: { host } });
}

const reasons = {
	address: "with what it was given, its address is none",
	status: "it answered {status}",
	json: "its answer is no JSON",
	long: "its answer is too long",
	away: "it did not answer in time, or could not be reached",
	inside: "it leads into Inlay's own network, where whoever runs Inlay has to name it (--may-call)",
};

function failed(name: string, why: keyof typeof reasons, status?: number): ApiError {
	const reason = reasons[why].replace("{status}", String(status));
	const params = { name, reason, why, ...(status === undefined ? {} : { status: String(status) }) };
	const before: ReadonlyArray<keyof typeof reasons> = ["address", "inside"];
	const mayBeDone = before.includes(why) ? {} : { mayBeDone: true as const };
	return new ApiError(409, "web.service.failed", "{name} failed: {reason}.", { params, ...mayBeDone });
}
