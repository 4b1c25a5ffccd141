import { type Static, Type } from "typebox";
import { readName } from "../kernel/names.ts";
import {
	fileFormats,
	longestPauseSeconds,
	longestRetentionDays,
	longestTtlMinutes,
	type StoredPolicy,
} from "./policy-model.ts";
import type { PolicyRow } from "./rules.ts";

const longestName = 100;

const Nullable = <Of extends Parameters<typeof Type.Optional>[0]>(of: Of) =>
	Type.Optional(Type.Union([of, Type.Null()]));

/** A policy as it is set up; what is null or absent does not limit it. */
export const PolicyBody = Type.Object({
	name: Type.String({ minLength: 1, maxLength: longestName }),
	enabled: Type.Boolean(),
	queueIds: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 200, uniqueItems: true }),
	direction: Nullable(Type.Union([Type.Literal("inbound"), Type.Literal("outbound")])),
	percent: Type.Integer({ minimum: 1, maximum: 100 }),
	requireConsent: Type.Optional(Type.Boolean()),
	consentMessage: Nullable(Type.String({ maxLength: 300 })),
	retentionDays: Nullable(Type.Integer({ minimum: 1, maximum: longestRetentionDays })),
	version: Nullable(Type.Integer()),
});

export const SettingsBody = Type.Object({
	duringHold: Type.Optional(Type.Boolean()),
	resumeAfterSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: longestPauseSeconds })),
	beepSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 120 })),
	recordingPlaybackUrlTtl: Type.Optional(Type.Integer({ minimum: 1, maximum: longestTtlMinutes })),
	fileFormat: Type.Optional(Type.Enum([...fileFormats])),
	version: Nullable(Type.Integer()),
});

export function policyOf({
	direction,
	retentionDays,
	requireConsent,
	consentMessage,
	...body
}: Static<typeof PolicyBody>): StoredPolicy {
	const { name, enabled, queueIds, percent } = body;
	return {
		name: readName(name, { longest: longestName }),
		enabled,
		queueIds,
		percent,
		...(direction ? { direction } : {}),
		...(retentionDays ? { retentionDays } : {}),
		...(requireConsent ? { requireConsent } : {}),
		...(consentMessage?.trim() ? { consentMessage: consentMessage.trim() } : {}),
	};
}

export function policyView({ id, version, value }: PolicyRow) {
	return { id, version, direction: null, retentionDays: null, requireConsent: false, consentMessage: null, ...value };
}
