import type { Api } from "../../session/api.ts";
import { Edited } from "../../session/edited.ts";
import { Loaded } from "../../session/load.ts";
import { isWhole, type RecordingPolicy } from "./policy-form.ts";
import { SpeechModel } from "./speech-model.ts";

export const paths = {
	policies: "/api/inlay/v1/recordings/policies",
	settings: "/api/inlay/v1/recordings/settings",
} as const;

/** What holds for every recording, as the server has it. */
export interface RecordingSettings {
	version: number;
	duringHold: boolean;
	resumeAfterSeconds: number;
	beepSeconds: number;
	recordingPlaybackUrlTtl: number;
	fileFormat: FileFormat;
}

/** As what recordings are kept from now on. */
export const fileFormats = ["WAV_ULAW", "OGG_OPUS"] as const;
export type FileFormat = (typeof fileFormats)[number];

export interface SettingsForm {
	duringHold: boolean;
	resumeAfterSeconds: string;
	beepSeconds: string;
	recordingPlaybackUrlTtl: string;
	fileFormat: FileFormat;
}

/** All policies in the order in which they are tried, and what holds for every recording. */
export class PoliciesModel {
	readonly policies: Loaded<RecordingPolicy[]>;
	readonly settings: Edited<RecordingSettings, SettingsForm>;
	readonly speech: SpeechModel;

	constructor(api: Api) {
		this.speech = new SpeechModel(api);
		this.policies = new Loaded(async () => {
			return (await api.request<{ entities: RecordingPolicy[] }>("GET", paths.policies)).entities;
		});
		this.settings = new Edited<RecordingSettings, SettingsForm>({
			formOf,
			problemsOf: settingsProblems,
			read: () => api.request("GET", paths.settings),
			save: (form, { version }) =>
				api.request("PUT", paths.settings, {
					duringHold: form.duringHold,
					resumeAfterSeconds: Number(form.resumeAfterSeconds),
					beepSeconds: Number(form.beepSeconds),
					recordingPlaybackUrlTtl: Number(form.recordingPlaybackUrlTtl),
					fileFormat: form.fileFormat,
					version,
				}),
		});
	}
}

function formOf({
	duringHold,
	resumeAfterSeconds,
	beepSeconds,
	recordingPlaybackUrlTtl,
	fileFormat,
}: RecordingSettings): SettingsForm {
	return {
		duringHold,
		resumeAfterSeconds: String(resumeAfterSeconds),
		beepSeconds: String(beepSeconds),
		recordingPlaybackUrlTtl: String(recordingPlaybackUrlTtl),
		fileFormat,
	};
}

function settingsProblems(form: SettingsForm): Set<keyof SettingsForm> {
	const problems = new Set<keyof SettingsForm>();
	if (!isWhole(form.resumeAfterSeconds, 0, 3600)) problems.add("resumeAfterSeconds");
	if (!isWhole(form.beepSeconds, 0, 120)) problems.add("beepSeconds");
	if (!isWhole(form.recordingPlaybackUrlTtl, 1, 5)) problems.add("recordingPlaybackUrlTtl");
	return problems;
}
