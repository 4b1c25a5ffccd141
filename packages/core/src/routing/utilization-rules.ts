import { badField } from "../kernel/http/api-error.ts";
import { type MediaType, mediaTypes } from "./queue-model.ts";
import {
	type LabelUtilization,
	type LabelUtilizations,
	largestCapacity,
	type MediumUtilization,
	type UtilizationRule,
} from "./utilization-model.ts";

/** What a client sends. */
export interface UtilizationInput {
	/** A medium that is left away is as by default. */
	media: Partial<Record<MediaType, Partial<MediumUtilization> | null>>;
	/** The labels of which something is said; of a person: of others holds what holds for everybody. */
	labels: Readonly<Record<string, LabelInput>>;
}

export type LabelInput = Partial<LabelUtilization>;

/** A rule as it is kept. @throws ApiError 400 for what would do nothing */
export function completed({ media, labels }: UtilizationInput, base: UtilizationRule): UtilizationRule {
	const medium = (type: MediaType): MediumUtilization => {
		refuseIdle(type, media[type]?.interruptableMediaTypes ?? []);
		const sent = Object.entries(media[type] ?? {}).filter(([, value]) => value !== null && value !== undefined);
		return { ...base.media[type], ...(Object.fromEntries(sent) as Partial<MediumUtilization>) };
	};
	return {
		media: Object.fromEntries(mediaTypes.map((type) => [type, medium(type)])) as Record<MediaType, MediumUtilization>,
		labels: Object.fromEntries(Object.entries(labels).map(([id, sent]) => [id, labelRule(id, sent)])),
	};
}

/** What is said of one label. What is left away limits nothing, and lets nothing interrupt. */
export function labelRule(id: string, { maximumCapacity, interruptingLabelIds }: LabelInput): LabelUtilization {
	const interrupting = [...new Set(interruptingLabelIds ?? [])];
	const field = `labelUtilizations.${id}.interruptingLabelIds`;
	if (interrupting.includes(id))
		throw badField(field, `${field} names other labels: how many of one there may be says its maximumCapacity.`);
	return { maximumCapacity: maximumCapacity ?? largestCapacity, interruptingLabelIds: interrupting };
}

/** The labels that a rule names anywhere. */
export function labelsNamed(labels: LabelUtilizations): string[] {
	return [...new Set(Object.entries(labels).flatMap(([id, one]) => [id, ...one.interruptingLabelIds]))];
}

/** A rule that says nothing of a label any more. */
export function withoutLabel({ media, labels }: UtilizationRule, gone: string): UtilizationRule {
	const left = Object.entries(labels).filter(([id]) => id !== gone);
	const entry = ([id, one]: [string, LabelUtilization]) =>
		[id, { ...one, interruptingLabelIds: one.interruptingLabelIds.filter((other) => other !== gone) }] as const;
	return { media, labels: Object.fromEntries(left.map(entry)) };
}

/** @throws ApiError 400 for what would do nothing: a medium that interrupts itself (its capacity says that), or stands twice */
function refuseIdle(type: MediaType, interrupting: readonly MediaType[]): void {
	const field = `utilization.${type}.interruptableMediaTypes`;
	if (interrupting.includes(type))
		throw badField(field, `${field} names other media: how many of ${type} there may be says its maximumCapacity.`);
	if (new Set(interrupting).size < interrupting.length) throw badField(field, `${field} names a medium twice.`);
}
