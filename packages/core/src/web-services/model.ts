import type { WebServiceSetting } from "@inlay/contract/scripter/web-service";

/** A program of somebody else that scripts ask, and how. */
export interface WebService extends WebServiceSetting {
	id: string;
	version: number;
	/** Headers whose values nobody gets to read again: a key, a password. */
	secrets: Record<string, string>;
}

/** As it is sent: a secret without a value stays as it is. */
export interface SentWebService extends WebServiceSetting {
	secretHeaders: Array<{ name: string; value?: string | undefined }>;
}
