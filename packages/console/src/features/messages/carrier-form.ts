/** How a carrier of texts wants to be told, and tells, as the server has it (docs/messages.md). */
export interface CarrierSettings {
	request: string;
	idPath: string;
	inbound: Readonly<Record<InboundField, string>>;
	numbers?: "written" | "bare";
	/** What it is stays with the server. */
	hasAuthorization?: boolean;
}

const inboundFields = ["id", "from", "text", "media", "status", "error"] as const;
type InboundField = (typeof inboundFields)[number];

const nowhere = Object.fromEntries(inboundFields.map((field) => [field, ""]));

/** As the server has it for who says nothing (`providers/carrier-form.ts`). */
export const freshCarrier: CarrierSettings = {
	request: '{"id":"{{id}}","from":"{{from}}","to":"{{to}}","text":"{{text}}","media":"{{media}}"}',
	idPath: "id",
	inbound: { id: "id", from: "from", text: "text", media: "media", status: "status", error: "error" },
};

/** The same in a form. */
export interface CarrierForm {
	request: string;
	idPath: string;
	/** One a line: `from: message.sender`. */
	inbound: string;
	/** Empty leaves the one that is kept. */
	authorization: string;
	numbers: "written" | "bare";
	mms: "on" | "off";
}

export function carrierFormOf(carrier: CarrierSettings, hasMms: boolean): CarrierForm {
	const { request, idPath, inbound, numbers = "written" } = carrier;
	const lines = inboundFields.map((field) => `${field}: ${inbound[field]}`);
	const fields = { request: pretty(request), idPath, inbound: lines.join("\n"), numbers };
	return { ...fields, authorization: "", mms: hasMms ? "on" : "off" };
}

/** Only for a form without problems. */
export function carrierBodyOf({ request, idPath, inbound, numbers, authorization }: CarrierForm) {
	const said = authorization.trim();
	return {
		request: request.trim(),
		idPath: idPath.trim(),
		numbers,
		// A line that is gone is nowhere: the server keeps what it is not told.
		inbound: { ...nowhere, ...Object.fromEntries(linesOf(inbound) ?? []) },
		...(said === "" ? {} : { authorization: said }),
	};
}

const isPath = (text: string) => text === "" || /^[\w-]+(?:\.[\w-]+)*$/.test(text);

export function carrierProblems(form: CarrierForm): Array<keyof CarrierForm> {
	const lines = linesOf(form.inbound);
	return [
		...(isRequest(form.request) ? [] : (["request"] as const)),
		...(isPath(form.idPath.trim()) ? [] : (["idPath"] as const)),
		...(lines && isReadable(lines) ? [] : (["inbound"] as const)),
	];
}

/** Without who wrote and which text it is nothing can be heard. */
function isReadable(lines: ReadonlyArray<[InboundField, string]>): boolean {
	const paths = new Map(lines);
	return lines.every(([, path]) => isPath(path)) && !!paths.get("id") && !!paths.get("from");
}

function isRequest(text: string): boolean {
	try {
		JSON.parse(text);
		return text.includes("{{to}}") && text.includes("{{text}}");
	} catch {
		return false;
	}
}

/** Undefined where a line is none. */
function linesOf(text: string): Array<[InboundField, string]> | undefined {
	const found: Array<[InboundField, string]> = [];
	for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
		const [, name = "", path = ""] = /^\s*(\w+)\s*:\s*(\S*)\s*$/.exec(line) ?? [];
		const field = inboundFields.find((one) => one === name);
		if (!field) return undefined;
		found.push([field, path]);
	}
	return found;
}

function pretty(json: string): string {
	try {
		return JSON.stringify(JSON.parse(json), null, 2);
	} catch {
		return json;
	}
}
