/**
 * The reading room: people look at documents and take copies away. Each look is in the log before its first byte
 * leaves, and the bytes are checked against the hash taken at the door while they go.
 */
export { createReadingRoom, type ReadingRoom } from './service.ts';
export { readingRoomCounters } from './routes.ts';
