package dev.lockstep.driver.failure;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read or written, in words: of most such exceptions the message is the path alone. */
public final class Reason {
    private Reason() {}

    public static String of(IOException e) {
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8";
        }
        if (e instanceof FileSystemException failed) {
            return failed.getFile() + " " + whatIsWrong(failed);
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String whatIsWrong(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "may not be opened by this user";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "exists already";
        }
        return "failed: " + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason());
    }
}
