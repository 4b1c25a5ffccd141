/** A module of ours that is started by its address: TypeScript in a clone, JavaScript in the package. @param name without its ending */
export function besideUs(name: string): URL {
	const ending = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
	return new URL(`${name}${ending}`, import.meta.url);
}
