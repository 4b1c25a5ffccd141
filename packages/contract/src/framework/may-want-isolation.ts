/** As a key or a variable that is not plainly false, quoted or not, whole or by a minifier. */
const wish = /isolation["'`\]]*\s*(?:[,}]|[:=]\s*(?!\s|false\b|!1\b))/i;

/** False where a script need not be read to know that it does not ask for isolation: it has no such word, or says no. */
export function mayWantIsolation(source: string): boolean {
	return wish.test(source);
}
