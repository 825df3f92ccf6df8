@echo off
rem Runs convnet4j's command line with the jars next to this script. JAVA_OPTS is passed to Java: -Xmx8g, for example.
setlocal
if not defined TF_CPP_MIN_LOG_LEVEL set TF_CPP_MIN_LOG_LEVEL=2
set JAVA=java
if defined JAVA_HOME set JAVA="%JAVA_HOME%\bin\java"
%JAVA% --enable-native-access=ALL-UNNAMED %JAVA_OPTS% -cp "%~dp0..\lib\*" io.github.convnet4j.commandline.Main %*
exit /b %ERRORLEVEL%
