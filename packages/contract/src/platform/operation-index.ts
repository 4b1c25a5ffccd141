import index from "./operation-index.generated.json" with { type: "json" };
import retired from "./retired-operations.json" with { type: "json" };

/**
 * Method, path with `{name}` for parameters, operation id, and what query parameters stand for when they are absent,
 * by name, where the SDK documents that.
 */
export type OperationEntry = readonly [method: string, path: string, id: string, defaults?: Record<string, string>];

/** Every REST operation of the official SDK 262, served here or not; made by e2e/conformance/generate-operations.ts. */
export const operationIndex = index as unknown as readonly OperationEntry[];

/** Operations of web chat, which SDK 262 no longer has and older clients still ask for (platform-api 5.9). */
export const retiredOperations = retired as unknown as readonly OperationEntry[];
