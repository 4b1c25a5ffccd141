import { signal } from "@preact/signals";
import type { Api } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import { VersionedForm } from "../../session/versioned-form.ts";
import { isWhole, type RecordingPolicy } from "./policy-form.ts";

export const paths = {
	policies: "/api/inlay/v1/recordings/policies",
	settings: "/api/inlay/v1/recordings/settings",
} as const;

/** What holds for every recording, as the server has it. */
export interface RecordingSettings {
	version: number;
	duringHold: boolean;
	resumeAfterSeconds: number;
	recordingPlaybackUrlTtl: number;
}

export interface SettingsForm {
	duringHold: boolean;
	resumeAfterSeconds: string;
	recordingPlaybackUrlTtl: string;
}

/** All policies in the order in which they are tried, and what holds for every recording. */
export class PoliciesModel {
	readonly policies: Loaded<RecordingPolicy[]>;
	readonly settings: Loaded<RecordingSettings>;
	readonly form: VersionedForm<RecordingSettings, SettingsForm>;
	/** Somebody has tried to save: what is wrong is said. */
	readonly tried = signal(false);

	constructor(api: Api) {
		this.policies = new Loaded(async () => {
			return (await api.request<{ entities: RecordingPolicy[] }>("GET", paths.policies)).entities;
		});
		const read = () => api.request<RecordingSettings>("GET", paths.settings);
		this.form = new VersionedForm<RecordingSettings, SettingsForm>({
			formOf,
			read,
			save: (form, { version }) =>
				api.request("PUT", paths.settings, {
					duringHold: form.duringHold,
					resumeAfterSeconds: Number(form.resumeAfterSeconds),
					recordingPlaybackUrlTtl: Number(form.recordingPlaybackUrlTtl),
					version,
				}),
		});
		this.settings = new Loaded(async () => {
			const settings = await read();
			this.form.show(settings);
			return settings;
		});
	}

	async save(): Promise<boolean> {
		this.tried.value = true;
		const form = this.form.form.peek();
		if (!form || settingsProblems(form).size > 0) return false;
		return this.form.save();
	}
}

function formOf({ duringHold, resumeAfterSeconds, recordingPlaybackUrlTtl }: RecordingSettings): SettingsForm {
	return {
		duringHold,
		resumeAfterSeconds: String(resumeAfterSeconds),
		recordingPlaybackUrlTtl: String(recordingPlaybackUrlTtl),
	};
}

export function settingsProblems(form: SettingsForm): Set<keyof SettingsForm> {
	const problems = new Set<keyof SettingsForm>();
	if (!isWhole(form.resumeAfterSeconds, 0, 3600)) problems.add("resumeAfterSeconds");
	if (!isWhole(form.recordingPlaybackUrlTtl, 1, 5)) problems.add("recordingPlaybackUrlTtl");
	return problems;
}
