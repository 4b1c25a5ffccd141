/**
 * Waits for some work, but not for longer; the work goes on.
 * @throws Error that names the time, in seconds
 */
export async function within<T>(work: T | Promise<T>, ms: number): Promise<T> {
	const late = Promise.withResolvers<never>();
	const timer = setTimeout(() => late.reject(new Error(`no answer within ${ms / 1000} s`)), ms);
	try {
		return await Promise.race([work, late.promise]);
	} finally {
		clearTimeout(timer);
	}
}
