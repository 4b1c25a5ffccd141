import { badField } from "../../kernel/http/api-error.ts";
import { checkedJson, keptText } from "../../kernel/http/json-body.ts";
import { keptSecret } from "../../kernel/kept-secret.ts";
import type { CarrierSettings } from "../model.ts";

/** What is posted to a carrier, as a template: texts in braces are filled in (agent-features 10, "generic HTTP"). */
export const carrierFields = ["id", "from", "to", "text", "media"] as const;
type CarrierField = (typeof carrierFields)[number];

/** Where nothing else is said. */
export const defaultCarrier: CarrierSettings = {
	request: JSON.stringify(Object.fromEntries(carrierFields.map((name) => [name, `{{${name}}}`]))),
	idPath: "id",
	inbound: { id: "id", from: "from", text: "text", media: "media", status: "status", error: "error" },
};

/** Shorter ones are of companies, and no phone's. */
const bareNumber = /^[1-9]\d{7,14}$/;

/** Whoever a text is from, as the rest of us writes numbers. */
export function heardFrom(from: string, { numbers }: CarrierSettings = defaultCarrier): string {
	return numbers === "bare" && bareNumber.test(from.trim()) ? `+${from.trim()}` : from;
}

/** A number as the carrier writes it. */
export function toldTo(phone: string, { numbers }: CarrierSettings): string {
	return numbers === "bare" ? phone.replace(/^\+/, "") : phone;
}

/** What stands in a message for a carrier; `media` where it is a file. */
export type CarrierValues = Readonly<Partial<Record<CarrierField, string | readonly string[]>>>;

/** The template with its texts filled in; what has no value is left away. The template is JSON: nothing in a value can leave its text. */
export function filled(request: string, values: CarrierValues): string {
	return JSON.stringify(fill(JSON.parse(request), values) ?? {});
}

function fill(part: unknown, values: CarrierValues): unknown {
	if (typeof part === "string") return fillText(part, values);
	if (Array.isArray(part)) return part.map((one) => fill(one, values)).filter((one) => one !== undefined);
	if (typeof part !== "object" || part === null) return part;
	const entries = Object.entries(part).map(([key, value]) => [key, fill(value, values)] as const);
	return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

const placeholder = /\{\{(\w+)\}\}/g;
const isField = (name: string): name is CarrierField => (carrierFields as readonly string[]).includes(name);

function fillText(text: string, values: CarrierValues): unknown {
	const whole = /^\{\{(\w+)\}\}$/.exec(text)?.[1];
	if (whole && isField(whole)) return values[whole];
	return text.replace(placeholder, (found, name: string) => {
		const value = isField(name) ? values[name] : found;
		return typeof value === "string" ? value : (value ?? []).join(" ");
	});
}

/** What stands at a path such as `messages.0.id`; undefined where nothing does. */
export function at(value: unknown, path: string): unknown {
	if (path === "") return undefined;
	return path.split(".").reduce<unknown>((part, key) => {
		if (typeof part !== "object" || part === null || !Object.hasOwn(part, key)) return undefined;
		return (part as Record<string, unknown>)[key];
	}, value);
}

/** The same where it is a text or a number, as it can be kept: carriers cut texts within a character. */
export function textAt(value: unknown, path: string): string | undefined {
	const found = at(value, path);
	return typeof found === "string" || Number.isFinite(found) ? keptText(String(found)) : undefined;
}

/** As it is asked for: what is not named stays. */
export type CarrierWish = Partial<Omit<CarrierSettings, "inbound">> & { inbound?: Partial<CarrierSettings["inbound"]> };

const pathForm = /^[\w-]+(?:\.[\w-]+)*$/;

/**
 * @param isSame the server to which it is posted is the one of before
 * @throws ApiError 400 naming the field
 */
export function readCarrier(
	wish: CarrierWish,
	before: CarrierSettings = defaultCarrier,
	isSame = true,
): CarrierSettings {
	const field = "settings.carrier.authorization";
	const authorization = keptSecret(field, wish.authorization, before.authorization, isSame);
	const { authorization: _kept, ...others } = { ...before, ...wish, inbound: { ...before.inbound, ...wish.inbound } };
	readRequest(others.request);
	const paths = Object.entries(others.inbound).map(([name, path]) => [`inbound.${name}`, path] as const);
	for (const [name, path] of [["idPath", others.idPath] as const, ...paths])
		if (path !== "" && !pathForm.test(path))
			throw badField(`settings.carrier.${name}`, `${name} must be a path such as messages.0.id.`);
	for (const name of ["from", "id"] as const)
		if (others.inbound[name] === "") throw badField(`settings.carrier.inbound.${name}`, `${name} must not be empty.`);
	return { ...others, ...(authorization ? { authorization } : {}) };
}

/** @throws ApiError 400 naming the field */
function readRequest(request: string): void {
	const field = "settings.carrier.request";
	let template: unknown;
	try {
		template = checkedJson(JSON.parse(request));
	} catch {
		throw badField(field, "request must be JSON, with {{to}} and {{text}} in its texts.");
	}
	const names = [...JSON.stringify(template).matchAll(placeholder)].map(([, name = ""]) => name);
	const strange = names.find((name) => !isField(name));
	if (strange) throw badField(field, `request knows {{${carrierFields.join("}}, {{")}}}, and no {{${strange}}}.`);
	if (!names.includes("to") || !names.includes("text"))
		throw badField(field, "request must have {{to}} and {{text}} in its texts.");
}
