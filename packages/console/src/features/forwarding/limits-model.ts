import type { Api } from "../../session/api.ts";
import { Edited } from "../../session/edited.ts";
import { isWhole } from "../recording/policy-form.ts";

const path = "/api/inlay/v1/callforwarding/limits";

/** What the organization lets its people forward, as the server has it. */
interface ForwardingLimits {
	version: number;
	externalAllowed: boolean;
	ringSeconds: number;
	confirm: boolean;
	blockedPrefixes: string[];
}

export interface LimitsForm {
	externalAllowed: boolean;
	ringSeconds: string;
	confirm: boolean;
	/** One a line. */
	blockedPrefixes: string;
}

/** What holds for everybody's call forwarding. */
export class LimitsModel extends Edited<ForwardingLimits, LimitsForm> {
	constructor(api: Api) {
		super({
			formOf,
			problemsOf: limitProblems,
			read: () => api.request("GET", path),
			save: (form, { version }) => api.request("PUT", path, { ...bodyOf(form), version }),
		});
	}
}

function formOf({ externalAllowed, ringSeconds, confirm, blockedPrefixes }: ForwardingLimits): LimitsForm {
	return { externalAllowed, ringSeconds: String(ringSeconds), confirm, blockedPrefixes: blockedPrefixes.join("\n") };
}

function bodyOf({ externalAllowed, ringSeconds, confirm, blockedPrefixes }: LimitsForm) {
	return { externalAllowed, ringSeconds: Number(ringSeconds), confirm, blockedPrefixes: prefixesIn(blockedPrefixes) };
}

/** The lines that say something, as the server wants them: people write blanks, hyphens and brackets. */
export function prefixesIn(text: string): string[] {
	return [...new Set(text.split(/[\n,;]/).map((line) => line.replace(/[\s().\-/]/g, "")))].filter(Boolean);
}

export function limitProblems(form: LimitsForm): Set<keyof LimitsForm> {
	const problems = new Set<keyof LimitsForm>();
	if (!isWhole(form.ringSeconds, 5, 120)) problems.add("ringSeconds");
	if (!prefixesIn(form.blockedPrefixes).every((one) => /^\+[1-9]\d{0,14}$/.test(one))) problems.add("blockedPrefixes");
	return problems;
}
