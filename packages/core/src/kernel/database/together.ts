/** Keys of one question: an array in a statement, and one message to PostgreSQL. */
const most = 250;

interface Asked<Value> {
	resolve(value: Value | undefined): void;
	reject(error: unknown): void;
}

/**
 * Look-ups by key that are asked for at about the same time, as few questions: one is under way at a time, and what is asked
 * meanwhile goes with the next. So a thousand sockets that come back at once cost a few statements and one connection, and
 * one by itself waits for nobody. No answer is older than its asking.
 *
 * @param find gets each key once, at most 250; what it leaves out is not there. Should it fail, all of its keys do
 */
export function together<Key, Value>(
	find: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): (key: Key) => Promise<Value | undefined> {
	const waiting = new Map<Key, Asked<Value>[]>();
	let isAsking = false;

	const take = (): Map<Key, Asked<Value>[]> => {
		const taken = new Map([...waiting].slice(0, most));
		for (const key of taken.keys()) waiting.delete(key);
		return taken;
	};
	const ask = async (): Promise<void> => {
		isAsking = true;
		// With all that is asked for in this turn.
		await Promise.resolve();
		while (waiting.size > 0) await answer(take(), find);
		isAsking = false;
	};
	return (key) =>
		new Promise((resolve, reject) => {
			waiting.set(key, [...(waiting.get(key) ?? []), { resolve, reject }]);
			if (!isAsking) void ask();
		});
}

async function answer<Key, Value>(
	asked: ReadonlyMap<Key, Asked<Value>[]>,
	find: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): Promise<void> {
	try {
		const found = await find([...asked.keys()]);
		for (const [key, askers] of asked) for (const { resolve } of askers) resolve(found.get(key));
	} catch (error) {
		for (const { reject } of [...asked.values()].flat()) reject(error);
	}
}
