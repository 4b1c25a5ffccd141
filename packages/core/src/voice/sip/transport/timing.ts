export interface SipTiming {
	/** Until a request is said again the first time (T1), ms. */
	t1: number;
	/** No longer than this between two tries (T2), ms. */
	t2: number;
}

export const sipTiming: SipTiming = { t1: 500, t2: 4000 };
/** A transaction is given up after so many T1. */
export const patience = 64;

/** What has timers of its own. */
export interface Timed {
	timers: Set<NodeJS.Timeout>;
}

export function after({ timers }: Timed, ms: number, then: () => void): void {
	const timer = setTimeout(() => {
		timers.delete(timer);
		then();
	}, ms);
	timers.add(timer);
}
