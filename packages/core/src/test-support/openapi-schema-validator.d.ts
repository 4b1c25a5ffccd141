/** The package has no types of its own. */
declare module "@seriousme/openapi-schema-validator" {
	export class Validator {
		/** @returns whether the document follows its OpenAPI version's schema, and where it does not */
		validate(document: object): Promise<{ valid: boolean; errors?: unknown }>;
		/** @returns the document with its references replaced; throws on one that leads nowhere */
		resolveRefs(): unknown;
	}
}
