import { type CallForwarding, mostHops, type StoredRoute } from "./model.ts";

/**
 * The steps that a call takes: who forwards to a colleague who forwards, too, is followed to where that one is reached. A
 * step with that colleague alone becomes their steps; among others it becomes their first. What goes on after three hops,
 * or came back since it was saved, ends.
 */
export function followChain(
	start: CallForwarding,
	known: ReadonlyMap<string, CallForwarding>,
	been: readonly string[] = [start.userId],
): StoredRoute[] {
	return start.calls.flatMap(({ targets }): StoredRoute[] => {
		const onward = (userId: string | undefined) => {
			const next = userId !== undefined && userId !== start.userId ? known.get(userId) : undefined;
			return next?.enabled ? next : undefined;
		};
		const followed = (next: CallForwarding): StoredRoute[] =>
			been.includes(next.userId) || been.length > mostHops ? [] : followChain(next, known, [...been, next.userId]);
		const [only] = targets;
		const next = targets.length === 1 ? onward(only?.userId) : undefined;
		if (next) return followed(next);
		return [
			{
				targets: targets.flatMap((target) => {
					const other = onward(target.userId);
					return other ? (followed(other)[0]?.targets ?? []) : [target];
				}),
			},
		];
	});
}
