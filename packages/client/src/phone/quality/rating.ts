/**
 * The E-model's transmission rating (ITU-T G.107) in the form that is usual for packet telephony: 93.2 less what delay and
 * loss take away. @returns 0 (nothing is understood) to 93.2
 */
export function rFactor({ lostPercent, jitterMs, roundTripMs = 0 }: Impairments): number {
	// One way: half of the round trip, a jitter buffer of twice the jitter, and 20 ms for a packet's own length.
	const delay = roundTripMs / 2 + jitterMs * 2 + 20;
	const byDelay = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
	// Robustness 25.1: a codec that conceals what is missing (G.113, Appendix I).
	const byLoss = (95 * lostPercent) / (lostPercent + 25.1);
	return Math.max(0, 93.2 - byDelay - byLoss);
}

export interface Impairments {
	lostPercent: number;
	jitterMs: number;
	roundTripMs?: number;
}

/** The mean opinion score that such a rating stands for (G.107, Annex B): 1 (bad) to 4.5. */
export function meanOpinion(rating: number): number {
	if (rating <= 0) return 1;
	return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
}

export type Grade = "good" | "fair" | "poor";

/** In three words: what most are satisfied with, what some are not, what most are not (G.109). */
export function gradeOf(rating: number): Grade {
	if (rating >= 80) return "good";
	return rating >= 60 ? "fair" : "poor";
}
