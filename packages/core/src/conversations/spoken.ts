/** What it takes to say it, generously, in ms: nobody is cut off, and a moment of silence goes before the end. */
export const spokenMs = (text: string): number => 1_500 + 110 * text.length;
