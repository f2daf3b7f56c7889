/** The endings of files by format: apart from the readers, which the page loads only in the thread that reads. */
export const endings = { akn: ['xml', 'akn'], docx: ['docx'], json: ['json'], text: ['txt'] } as const

/** With their dots, as a file picker takes them. */
export const readableEndings: readonly string[] = Object.values(endings).flat().map((ending) => `.${ending}`)
