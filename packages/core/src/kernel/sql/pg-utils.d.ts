/** How pg turns values of JavaScript into PostgreSQL's text; it has no types of its own. */
declare module "pg/lib/utils.js" {
	export function prepareValue(value: unknown): string | Buffer | null;
}
