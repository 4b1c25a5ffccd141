/**
 * What a record says under a name that somebody typed. `constructor` and `__proto__` are names like others: what JavaScript
 * itself knows under them is nobody's value, and no customer is to read it.
 */
export function ownValue<Value>(of: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
	return of && Object.hasOwn(of, name) ? of[name] : undefined;
}
