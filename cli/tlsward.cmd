@echo off
rem SPDX-License-Identifier: Apache-2.0
rem
rem The command tlsward, for Windows: starts the tlsward.jar beside this file.
rem
rem   TLSWARD_HOME     working directory of the server: its conf\ counts
rem   TLSWARD_CONF     folder with tlsward.xml, where there is no TLSWARD_HOME
rem   JAVA_HOME        the Java to run with, 17 or newer
setlocal
set "TLSWARD_JAVA=java"
if defined JAVA_HOME set "TLSWARD_JAVA=%JAVA_HOME%\bin\java"
if defined TLSWARD_HOME if exist "%TLSWARD_HOME%\conf\" set "TLSWARD_CONF=%TLSWARD_HOME%\conf"
"%TLSWARD_JAVA%" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.awt.headless=true -Dfile.encoding=UTF-8 -jar "%~dp0tlsward.jar" %*
exit /b %ERRORLEVEL%
