import { useEffect, useRef } from "preact/hooks";

/** A view-model with an end. */
export interface Disposable {
	dispose(): void;
}

/** Makes a view-model with the component and disposes it with it; a change of `key` makes a new one. */
export function useModel<T extends Disposable>(make: () => T, key: unknown = ""): T {
	const held = useRef<{ key: unknown; model: T } | undefined>(undefined);
	if (held.current === undefined || held.current.key !== key) {
		held.current?.model.dispose();
		held.current = { key, model: make() };
	}
	useEffect(
		() => () => {
			held.current?.model.dispose();
			held.current = undefined;
		},
		[],
	);
	return held.current.model;
}
