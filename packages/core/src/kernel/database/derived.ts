/**
 * What follows from two things that are remembered, and is made anew only when either is another one: both are replaced when they
 * change, never altered. Kept as long as the first is.
 */
export function derived<A extends object, B extends object, T>(make: (one: A, other: B) => T): (one: A, other: B) => T {
	const kept = new WeakMap<A, { other: B; made: T }>();
	return (one, other) => {
		const known = kept.get(one);
		if (known?.other === other) return known.made;
		const made = make(one, other);
		kept.set(one, { other, made });
		return made;
	};
}
