/** A bucket that failures fill and time empties. */
export interface Bucket {
	/** Failures that it holds; a fraction after some time. */
	level: number;
	at: Date;
}

/** How many failures a bucket takes at once, and after how long one more. */
export interface Allowance {
	burst: number;
	/** ms in which one failure is forgotten. */
	refillMs: number;
}

/** What is left in a bucket by now. */
export function levelAt(bucket: Bucket, now: Date, { refillMs }: Allowance): number {
	return Math.max(0, bucket.level - Math.max(0, now.getTime() - bucket.at.getTime()) / refillMs);
}

/** ms until one more fits in. */
export function waitMs(level: number, { burst, refillMs }: Allowance): number {
	return Math.max(0, level + 1 - burst) * refillMs;
}
