/** A number as people write it: `+13175550142` becomes `(317) 555-0142`; others stay as they are. */
export function phoneText(number: string): string {
	const plain = number.replace(/^tel:/, "");
	const northAmerican = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(plain);
	return northAmerican ? `(${northAmerican[1]}) ${northAmerican[2]}-${northAmerican[3]}` : plain;
}
