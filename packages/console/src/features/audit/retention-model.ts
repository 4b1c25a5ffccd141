import type { Api } from "../../session/api.ts";
import { Edited } from "../../session/edited.ts";
import { isWhole } from "../recording/policy-form.ts";

const path = "/api/inlay/v1/audits/settings";
/** Days, as the server takes them. */
export const retentionRange = [30, 3_653] as const;

interface AuditSettings {
	version: number;
	retentionDays: number;
}

export interface RetentionForm {
	retentionDays: string;
}

/** How long entries are kept. */
export class RetentionModel extends Edited<AuditSettings, RetentionForm> {
	constructor(api: Api) {
		super({
			formOf: ({ retentionDays }) => ({ retentionDays: String(retentionDays) }),
			problemsOf: ({ retentionDays }) =>
				new Set(isWhole(retentionDays, ...retentionRange) ? [] : (["retentionDays"] as const)),
			read: () => api.request("GET", path),
			save: ({ retentionDays }, { version }) =>
				api.request("PUT", path, { retentionDays: Number(retentionDays), version }),
		});
	}
}
