import { isIP } from "node:net";
import { namesIn } from "@inlay/contract/scripter/interpolate";
import { keepsItsForm } from "@inlay/contract/scripter/web-service";
import { badField } from "../kernel/http/api-error.ts";
import { isInnerName, unbracketed } from "../kernel/outgoing/host-names.ts";
import { isInner } from "../kernel/outgoing/inner-networks.ts";
import type { SentWebService } from "./model.ts";

/** Headers that are the connection's own. */
const ownHeaders = new Set([
	"host",
	"content-length",
	"transfer-encoding",
	"connection",
	"upgrade",
	"te",
	"trailer",
	"expect",
]);

/** Whether a web service can be asked as it is sent. @returns where it is @throws ApiError 400 naming the field */
export function requireFit(sent: SentWebService): URL {
	const url = requireAddress(sent.address);
	const named = [...sent.headers, ...sent.secretHeaders].map(({ name }) => name.toLowerCase());
	const twice = named.find((name, at) => ownHeaders.has(name) || named.indexOf(name) !== at);
	if (twice !== undefined) throw badField("headers", `The header ${twice} is there twice, or is none that can be set.`);
	requireDistinct(sent.inputs, "inputs");
	requireDistinct(
		sent.outputs.map(({ name }) => name),
		"outputs",
	);
	for (const field of ["address", "body"] as const) {
		const unknown = namesIn(sent[field]).find((name) => !sent.inputs.includes(name));
		if (unknown !== undefined) throw badField(field, `${field} names {{${unknown}}}, which is none of the inputs.`);
	}
	if (!keepsItsForm(sent.body)) throw badField("body", "body must be JSON, with {{names}} of inputs within its texts.");
	return url;
}

/** Its host stands there as it is: an input stands behind it. Unencrypted is only what stays within one's own network. */
function requireAddress(address: string): URL {
	const isFixed = /^https?:\/\/[^/?#{}@]+(\/|\?|$)/i.test(address);
	const url = isFixed && URL.canParse(address.replace(/[{}]/g, "")) ? new URL(address.replace(/[{}]/g, "")) : undefined;
	if (!url) throw badField("address", "address must begin with https:// and a host without variables.");
	const host = unbracketed(url.hostname);
	const isWithin = isIP(host) === 0 ? isInnerName(host) : isInner(host);
	if (url.protocol !== "https:" && !isWithin)
		throw badField("address", "address must begin with https://: what goes there passes networks of others.");
	return url;
}

function requireDistinct(names: readonly string[], field: string): void {
	const twice = names.find((name, at) => names.indexOf(name) !== at);
	if (twice !== undefined) throw badField(field, `${field} has ${twice} twice.`);
}
