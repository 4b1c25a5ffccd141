/** The API as one user: paths behind `/api/v2`, JSON in and out. */
export interface Api {
	// biome-ignore lint/suspicious/noExplicitAny: answers are the platform's models, which a test reads freely
	call(method: string, path: string, body?: unknown): Promise<any>;
}

export function apiOf(baseUrl: string, token: string): Api {
	return {
		async call(method, path, body) {
			const answer = await fetch(`${baseUrl}/api/v2${path}`, {
				method,
				headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
			const text = await answer.text();
			if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
			return text === "" ? undefined : JSON.parse(text);
		},
	};
}
