import { type CallPolicy, defaultRecordingRules } from "../conversations/recording-rules.ts";

/** A policy as it is kept and set up: which calls are recorded, and for how long (agent-features 6, "Data"). */
export interface StoredPolicy extends Omit<CallPolicy, "id"> {
	name: string;
	enabled: boolean;
}

/** What the organization has said of recording; what is absent is as {@link settingsOf} has it. */
export interface StoredSettings {
	/** False: whoever is on hold is not recorded meanwhile. */
	duringHold?: boolean;
	/** Seconds after which a pause ends by itself; 0 for never. */
	resumeAfterSeconds?: number;
	/** Seconds between two tones that tell everybody in a call that it is recorded; 0 for none. */
	beepSeconds?: number;
	/** How long a link to a recording is good, in minutes (`recordingPlaybackUrlTtl`). */
	recordingPlaybackUrlTtl?: number;
	/** As what recordings are kept from now on, as `formatId` of the platform names it. */
	fileFormat?: FileFormat;
}

export const fileFormats = ["WAV_ULAW", "OGG_OPUS"] as const;
export type FileFormat = (typeof fileFormats)[number];

/** What each is called outside. */
export const fileTypes: Readonly<Record<FileFormat, { type: string; extension: string }>> = {
	WAV_ULAW: { type: "audio/wav", extension: "wav" },
	OGG_OPUS: { type: "audio/ogg", extension: "ogg" },
};

/** Of what a recording is kept as. */
export function formatOf(type: string | undefined): FileFormat {
	return fileFormats.find((one) => fileTypes[one].type === type) ?? "WAV_ULAW";
}

export function settingsOf(stored: StoredSettings): Required<StoredSettings> {
	const { duringHold, resumeAfterSeconds } = defaultRecordingRules;
	return {
		...{ duringHold, resumeAfterSeconds, beepSeconds: 0, recordingPlaybackUrlTtl: 5, fileFormat: "WAV_ULAW" },
		...stored,
	};
}

/** The longest that a link is good, in minutes (agent-features 0.4: 300 s). */
export const longestTtlMinutes = 5;
/** The longest pause that ends by itself, in seconds. */
export const longestPauseSeconds = 3600;
/** As long as somebody may have to keep something: a hundred years, in days. */
export const longestRetentionDays = 36_500;
