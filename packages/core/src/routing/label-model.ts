/** A utilization label: what kind of interaction one is, beside its medium (agent-features section 1). */
export interface UtilizationLabel {
	id: string;
	name: string;
	dateModified: Date;
	/** Grows with every change. */
	version: number;
}

/** Of one organization, as on the platform. */
export const mostLabels = 100;
/** Of a label's name, as on the platform. */
export const longestLabelName = 256;
/** What the platform keeps out of labels' names, for its searches. */
export const notInLabelNames = /[[\]:*]/;
