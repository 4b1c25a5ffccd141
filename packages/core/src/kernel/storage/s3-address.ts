/** Where a bucket is, and what opens it. */
export interface S3Address {
	/** Origin of the service with the bucket behind it (path style), e.g. `https://s3.example.org/recordings`. */
	bucketUrl: string;
	region: string;
	accessKeyId: string;
	secretAccessKey: string;
}

/**
 * Reads `s3+https://KEY:SECRET@host/bucket?region=eu-central-1`; `s3+http` for a service on a network of one's own.
 * Letters of key and secret that mean something in an address are written in percent (`/` as `%2F`).
 * @returns undefined where it is none
 */
export function readS3Address(text: string): S3Address | undefined {
	const scheme = /^s3\+(https?):/.exec(text)?.[1];
	const url = scheme ? URL.parse(text.slice("s3+".length)) : null;
	const bucket = url && /^\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?$/.exec(url.pathname)?.[1];
	if (!url?.username || !url.password || !bucket) return undefined;
	try {
		return {
			bucketUrl: `${scheme}://${url.host}/${bucket}`,
			region: url.searchParams.get("region") ?? "us-east-1",
			accessKeyId: decodeURIComponent(url.username),
			secretAccessKey: decodeURIComponent(url.password),
		};
	} catch {
		return undefined;
	}
}
