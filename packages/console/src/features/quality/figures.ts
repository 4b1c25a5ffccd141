import type { MeasuredCall, SoundFault } from "@inlay/contract";
import { formatDuration, locale } from "@inlay/ui";
import { t } from "./strings.ts";

/** One row of a call's figures: of either direction, or of the call as a whole. */
export interface Figure {
	name: string;
	value: string;
}

/** What was wrong, with how much of it. */
export function faultText(fault: SoundFault, call: MeasuredCall): string {
	if (fault === "delay") return t("delayBy", { value: number(call.roundTripMs) });
	if (fault === "worst") return t("worstBy", { value: number(call.minMos) });
	const [side, kind] = fault.split(".") as ["received" | "sent", "loss" | "jitter" | "faint" | "silent"];
	const sound = call[side];
	const values = { loss: sound.lostPercent, jitter: sound.jitterMs, faint: sound.levelDb, silent: sound.silentSeconds };
	return t("noticed", { who: t(side), what: t(`${kind}By`, { value: number(values[kind]) }) });
}

/** All that was measured of one direction. */
export function soundFigures({ lostPercent, jitterMs, levelDb, silentSeconds }: MeasuredCall["received"]): Figure[] {
	return [
		{ name: t("loss"), value: `${number(lostPercent)} %` },
		{ name: t("jitter"), value: `${number(jitterMs)} ms` },
		{ name: t("level"), value: levelDb === undefined ? "–" : `${number(levelDb)} dB` },
		{ name: t("silent"), value: formatDuration(silentSeconds * 1000) },
	];
}

/** What is of the call as a whole; what is not known is left out. */
export function callFigures(call: MeasuredCall): Figure[] {
	const { seconds, roundTripMs, minMos, browser, microphone, codec, queueName, conversationId } = call;
	const known = [
		[t("measured"), formatDuration(seconds * 1000)],
		[t("delay"), roundTripMs === undefined ? undefined : `${number(roundTripMs)} ms`],
		[t("rating"), minMos === undefined ? undefined : number(minMos)],
		[t("queue"), queueName],
		[t("browser"), browser],
		[t("microphone"), microphone],
		["Codec", codec],
		[t("conversation"), conversationId],
	] as const;
	return known.flatMap(([name, value]) => (value ? [{ name, value }] : []));
}

function number(value: number | undefined): string {
	return value === undefined ? "–" : value.toLocaleString(locale.value, { maximumFractionDigits: 1 });
}
